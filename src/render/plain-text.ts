const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** Safe HTML as people read it: paragraphs apart, list entries with a mark, no tags. */
export function plainText(html: string): string {
  return html
    .replace(/\s*\n\s*/g, ' ')
    .replace(/<br\s*\/?>\s*/g, '\n')
    .replace(/<li>/g, '- ')
    .replace(/<\/(?:p|ul|ol|h\d|blockquote|pre)>\s*/g, '\n\n')
    .replace(/<\/li>[ \t]*/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
