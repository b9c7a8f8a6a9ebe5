import type { refused as en } from '../en/refused.ts';

export const refused: typeof en = {
  title: 'Das wurde nicht angenommen',
  otherAddress:
    'Es wurde von {from} gesendet. Diese Seite ist aber für {own} eingerichtet und nimmt nur an, was von dort kommt.',
  otherAddressToDo:
    'Öffnen Sie {own} und senden Sie es dort. Wenn {from} stimmt, ist die Einstellung PUBLIC_URL dieser Installation falsch: Wer sie betreibt, kann das berichtigen und sie neu starten.',
  otherSite:
    'Ihr Browser sagt, dass eine andere Website das gesendet hat ({from}) und nicht eine Seite von {own} (die Einstellung PUBLIC_URL).',
  otherSiteToDo: 'Wenn Sie das tun wollten, öffnen Sie {own} und tun Sie es dort.',
  bodyTooLarge:
    'Es ist zu groß: Auf einmal können höchstens {max} kB gesendet werden. Kürzen Sie es und senden Sie es noch einmal.',
  mediaType:
    'Es wurde in einer Form gesendet, die hier nicht verstanden wird. Öffnen Sie die Seite neu und senden Sie ihr Formular.',
  method: 'An diese Adresse kann nichts gesendet werden ({method}).',
  malformed: 'Die Adresse ist fehlerhaft. Öffnen Sie die Seite neu, von ihrem Anfang an.',
};
