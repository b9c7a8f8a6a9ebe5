/** What a person reads whose form, or address, was refused before anything of the site ran. */
import type { Language } from '../../db/words.ts';

interface RefusedWords {
  title: string;
  /** No `Sec-Fetch-Site`: the address differs from the one the page is set up for. */
  otherAddress: string;
  otherAddressToDo: string;
  /** The browser itself says that another site sent it. */
  otherSite: string;
  otherSiteToDo: string;
  bodyTooLarge: string;
  mediaType: string;
  method: string;
  malformed: string;
}

export const refusedWords: Record<Language, RefusedWords> = {
  en: {
    title: 'This was not accepted',
    otherAddress:
      'It was sent from {from}, but this page is set up for {own} and takes only what is sent from there.',
    otherAddressToDo:
      'Open {own} and send it there. If {from} is right, the setting PUBLIC_URL of this installation is wrong: whoever runs it can correct it and start it again.',
    otherSite:
      'Your browser says that another site sent this ({from}), and not a page of {own} (the setting PUBLIC_URL).',
    otherSiteToDo: 'If you did want to do this, open {own} and do it there.',
    bodyTooLarge: 'It is too large: at most {max} kB can be sent at once. Shorten it, then send it again.',
    mediaType: 'It was sent in a form that is not understood here. Open the page again and send its form.',
    method: 'Nothing can be sent to this address ({method}).',
    malformed: 'The address is malformed. Open the page again from its start.',
  },
  de: {
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
  },
};
