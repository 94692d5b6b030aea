// Words as people write them, as tools/docket/domain/spelling.py takes them: what looks the same is
// the same, old spellings and new meet, and the nearest word is found.
const FOLDS = { æ: "ae", ø: "oe", å: "aa", ä: "ae", ö: "oe", ü: "u", é: "e" };
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
const DASHES = /[\u02d7\u058a\u1806\u2010-\u2015\u2043\u2212\u2e3a\u2e3b]/g;
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const MOST = 3;

export function plain(text) {
  const seen = text.normalize("NFKC").replace(UNSEEN, "");
  return seen.replace(DASHES, "-").replace(SPACES, " ").trim();
}

export function fold(word) {
  const folded = plain(word)
    .toLowerCase()
    .replace(/[æøåäöüé]/g, (letter) => FOLDS[letter]);
  return folded.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}

const limit = (wanted) => Math.min(MOST, Math.max(1, Math.floor(wanted.length / 3)));
const isNumber = (wanted) => /^[0-9]+$/.test(wanted);

// The folded word that fewest letters keep from the wanted one; "" where none is near.
export function closest(wanted, words) {
  if (isNumber(wanted)) return "";
  const longer = words.filter((one) => one.startsWith(`${wanted}-`));
  if (longer.length) return longer.toSorted()[0];
  let [fewest, found] = [limit(wanted) + 1, ""];
  for (const one of words) {
    if (Math.abs(one.length - wanted.length) > limit(wanted)) continue;
    const letters = distance(wanted, one);
    if (letters < fewest || (letters === fewest && one < found)) [fewest, found] = [letters, one];
  }
  if (found) return found;
  const ending = words.filter((one) => wanted.length > MOST && one.endsWith(wanted));
  return ending.length === 1 ? ending[0] : "";
}

// The word meant, of those that are called so (by folded word), as `nearest` there; "" for none.
export function nearest(word, called) {
  let wanted = fold(word);
  if (called.has(wanted)) return called.get(wanted);
  const longer = [...called].filter(([one, key]) => one.startsWith(`${key}-`));
  const tails = longer.map(([one, key]) => one.slice(key.length));
  const cut = wanted.lastIndexOf("-");
  const ends = tails.map((one) => one.replace(/^-+|-+$/g, ""));
  const isTold = cut > 0 && closest(wanted.slice(cut + 1), ends);
  if (isTold) wanted = wanted.slice(0, cut);
  const rest = [...called.keys()].filter((one) => !tails.some((tail) => one.endsWith(tail)));
  return called.get(closest(wanted, rest)) ?? "";
}

// How many letters are wrong where the wanted word only begins another; Infinity if too many.
export function misses(wanted, word) {
  const row = rows(wanted, word).at(-1);
  const fewest = Math.min(...row);
  return isNumber(wanted) || wanted.length < MOST || fewest > limit(wanted) ? Infinity : fewest;
}

const distance = (one, other) => rows(one, other).at(-1).at(-1);

function rows(one, other) {
  const made = [Array.from({ length: other.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= one.length; i++) {
    made.push([i]);
    for (let j = 1; j <= other.length; j++) made[i].push(cost(made, one, other, i, j));
  }
  return made;
}

function cost(made, one, other, i, j) {
  const ways = [made[i - 1][j] + 1, made[i][j - 1] + 1];
  ways.push(made[i - 1][j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
  const isSwapped = i > 1 && j > 1 && one[i - 2] === other[j - 1] && one[i - 1] === other[j - 2];
  if (isSwapped) ways.push(made[i - 2][j - 2] + 1);
  return Math.min(...ways);
}
