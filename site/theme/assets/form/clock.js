// The time: the desk's, where it has told it, else the browser's, whose clock may be wrong.

let ahead = 0;
let isTold = false;

export const now = (data) => new Date(data.at ?? Date.now() + ahead);
export const today = (data) => now(data).toLocaleDateString("sv-SE", { timeZone: data.zone });

// Whether the time is somebody else's than the browser's.
export const isSure = (data) => isTold || Boolean(data.at);

export function setClock(told) {
  ahead = Date.parse(told) - Date.now();
  isTold = true;
}
