// A name as a slug, as spelling.py folds it: old spellings and new meet.
const FOLDS = { æ: "ae", ø: "oe", å: "aa", ä: "ae", ö: "oe", ü: "u", é: "e" };

export function fold(word) {
  return word.toLowerCase().replace(/[æøåäöüé]/g, (one) => FOLDS[one]).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}
