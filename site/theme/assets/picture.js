// A drawing as PNG: the browser draws the SVG, at twice its size, and hands over the picture.
const SCALE = 2;

export function offerPictures() {
  for (const link of document.querySelectorAll("a[data-png]")) {
    link.parentElement.hidden = false;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      save(link);
    });
  }
}

async function save({ href, download }) {
  const image = new Image();
  image.src = href;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((picture) => {
    const url = URL.createObjectURL(picture);
    Object.assign(document.createElement("a"), { href: url, download }).click();
    URL.revokeObjectURL(url);
  });
}
