// Numbers as people type them, and as a file has them; tools/docket/loading/written.py does the same.

import { plain } from "../fold.js";

const DIGITS = 15;
const THOUSAND = 3;
export const NUMBER = /^(?!(?:[-.]*[0-9]){17})-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?$/;

// 1.250,5 is 1250.5 where a comma stands before the fraction. What has over 15 digits is another
// number to others, and stays as it is.
export function numbered(text, decimal) {
  const line = ungrouped(plain(text).replace(/(?<=[0-9]) (?=[0-9]{3}(?![0-9]))/g, ""), decimal);
  const [, minus, whole, fraction = ""] = /^(-?)([0-9]+)(?:[.,]([0-9]+))?$/.exec(line) ?? [];
  if (!whole) return line;
  const digits = whole.replace(/^0+/, "") || "0";
  const rest = fraction.replace(/0+$/, "");
  if (digits.length + rest.length > DIGITS) return line;
  return (digits + rest === "0" ? "" : minus) + digits + fractionOf(rest);
}

// Three decimals get a nought: nobody takes them for thousands.
const fractionOf = (rest) => rest && `.${rest}${rest.length === THOUSAND ? "0" : ""}`;

// Without what stands between the thousands.
function ungrouped(line, decimal) {
  const other = decimal === "," ? "." : ",";
  for (const [mark, before] of [[other, decimal], [decimal, other]]) {
    const grouped = new RegExp(`^(-?[0-9]{1,3}(?:[${mark}][0-9]{3})+)(?:[${before}]([0-9]+))?$`);
    const [, whole, rest] = grouped.exec(line) ?? [];
    const isSure = mark === other || rest || whole?.split(mark).length > 2;
    if (whole && isSure) return whole.replaceAll(mark, "") + (rest ? `.${rest}` : "");
  }
  return line;
}

// A number of a file as it is typed.
export const typedNumber = (text, decimal) => (NUMBER.test(text) ? text.replace(".", decimal) : text);
