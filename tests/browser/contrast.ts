/** Contrast after WCAG 2 of two colours as the browser computes them. */
export function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const numbers = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
    const [red = 0, green = 0, blue = 0] = numbers.map((n) => {
      const share = colour.startsWith('color(') ? n : n / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}
