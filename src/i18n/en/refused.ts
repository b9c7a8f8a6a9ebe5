/** What a person reads whose form, or address, was refused before anything of the site ran. */

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

export const refused: RefusedWords = {
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
};
