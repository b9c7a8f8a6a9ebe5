/** Whole passwords of twelve and more characters that head every leaked list, in lower case. */
const leaked = new Set(
  `correct horse battery staple|correcthorsebatterystaple|correct-horse-battery-staple|trustno1trustno1|unbelievable
  |christopher1|alexander123|manchesterunited|liverpoolfc1|arsenal12345|chelsea12345|borussiadortmund|bayernmunchen
  |bayernmünchen|schalke04schalke|onedirection|justinbieber|harrypotter1|starwars1234|pokemon12345|minecraft123
  |naruto123456|superman1234|spiderman123|batman123456|transformers|lordoftherings|gameofthrones|winniethepooh
  |mickeymouse1|hellokitty12|jesuschrist1|jesusislord1|godisgreat12|blessed12345|charlie12345|michael12345|jennifer1234
  |jessica12345|daniel123456|thomas123456|andreas12345|stefan123456|michelle1234|nicole123456|samantha1234|elizabeth123
  |volkswagen12|mercedesbenz|lamborghini1|harleydavidson|californication|metallica123|ironmaiden12|rammstein123
  |opensesame12|thisismypassword|thisisapassword|thisispassword|ihatepasswords|idontknow123|ichweissnicht|ichweißnicht
  |whatever1234|internet1234|computer1234|samsung12345|microsoft123|raspberrypi1|kubernetes12|postgres1234|changeit1234
  |chocolate123|strawberry12|butterfly123|cheesecake12|schmetterling|erdbeere1234|schokolade12|kartoffel123|lasvegas1234
  |newyorkcity1|berlin123456|hamburg12345|münchen12345|deutschland1|fußball12345|fussball1234|basketball12|skateboarding`
    .split('|')
    .map((password) => password.trim()),
);

/** Words that make no password, whatever digits stand around them. Four letters at least, so that phrases stay possible. */
const weakWords =
  `password passwort kennwort passwd welcome willkommen letmein changeme default secret geheim admin administrator root
  login anmelden master user guest gast test temp demo example klartext status statuspage support company firma hello
  hallo iloveyou ichliebedich love liebe schatz dragon monkey sunshine princess football baseball whatever access
  spring summer autumn winter fruehling frühling sommer herbst januar january februar february märz march april juni
  june juli july august september oktober october november dezember december monday montag friday freitag qwertz qwerty`
    .split(/\s+/)
    .filter((word) => word.length >= 4);

/** What fingers and counting produce; read in both directions. */
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertzuiopü+',
  'qwertyuiop[]',
  'asdfghjklöä#',
  "asdfghjkl;'",
  'yxcvbnm,.-',
  'zxcvbnm,./',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p',
  '1qay2wsx3edc4rfv5tgb6zhn7ujm8ik,9ol.0p',
  '1q2w3e4r5t6y7u8i9o0p',
  '1q2w3e4r5t6z7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'q1w2e3r4t5z6u7i8o9p0',
  'qawsedrftgyhujikolp',
  'qazwsxedcrfvtgbyhnujm',
  'a1b2c3d4e5f6g7h8i9j0',
  '1a2b3c4d5e6f7g8h9i0j',
  '!@#$%^&*()_+',
  '!"§$%&/()=?',
].flatMap((row) => [row, [...row].reverse().join('')]);

const leet: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** True for passwords that are tried first: leaked, a pattern, or a weak word or one of `words` as the main part. */
export function isCommonPassword(plain: string, words: readonly string[]): boolean {
  const text = plain.normalize('NFKC').toLowerCase();
  if (leaked.has(text) || new Set(text).size < 5 || isPeriodic(text)) return true;
  const known = [...weakWords, ...words.flatMap(parts)].sort((a, b) => b.length - a.length);
  return [text, text.replace(/[013457@$!]/g, (character) => leet[character] ?? character)].some((reading) => {
    const rest = known.reduce((left, word) => left.replaceAll(word, ''), reading);
    return rest.length * 2 <= reading.length || countPieces(rest) < 6;
  });
}

/** The whole, as written and in one piece, and its words: short ones like "AG" are only known together with the rest. */
function parts(words: string): string[] {
  const whole = words.normalize('NFKC').toLowerCase().trim();
  const single = whole.split(/[^\p{L}\p{N}]+/u);
  return [whole, single.join(''), ...single].filter((word) => word.length >= 4);
}

/** The same characters over and over, at least twice. */
function isPeriodic(text: string): boolean {
  for (let unit = 1; unit <= text.length / 2 && unit < 12; unit += 1) {
    if ([...text].every((_, at) => text[at] === text[at % unit])) return true;
  }
  return false;
}

/** How many choices the text took: a run of three or more on a row, or of one character, is one. */
function countPieces(text: string): number {
  let pieces = 0;
  for (let at = 0; at < text.length; pieces += 1) at += runAt(text, at);
  return pieces;
}

function runAt(text: string, at: number): number {
  let length = 3;
  while (at + length <= text.length && isRun(text.slice(at, at + length))) length += 1;
  return length > 3 ? length - 1 : 1;
}

const isRun = (part: string): boolean => new Set(part).size === 1 || rows.some((row) => row.includes(part));
