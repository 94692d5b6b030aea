// A name as a slug, as spelling.py folds it: old spellings and new meet.
const FOLDS = { æ: "ae", ø: "oe", å: "aa", ä: "ae", ö: "oe", ü: "u", é: "e" };

export function fold(word) {
  const plain = word.toLowerCase().replace(/[æøåäöüé]/g, (letter) => FOLDS[letter]);
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}
