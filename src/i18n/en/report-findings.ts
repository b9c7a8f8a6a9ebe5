/** Words around what the lint finds in a report; each rule explains itself in `content/`. */

export const reportFindings = {
  none: 'Nothing found: no promise, no name, no blame, nothing that is not for readers.',
  blocking: 'Not meant for readers',
  blockingHint: 'Keeps the report from review until it is changed, or a reason is given on submitting.',
  promise: 'Reads as a promise',
  person: 'Names somebody',
  blame: 'Looks for the guilty',
  other: 'Worth another look',
};
