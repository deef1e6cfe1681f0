/** In the page of `ReferencePlayer`: opens a document, and shows a moment of it. */
let animation = null;

globalThis.openAnimation = async ({ json, faces, width, height }) => {
  for (const { family, data } of faces) {
    const face = new FontFace(family, `url(data:font/ttf;base64,${data})`, { weight: '1 1000' });
    document.fonts.add(await face.load());
  }
  const container = document.getElementById('c');
  Object.assign(container.style, { width: `${width}px`, height: `${height}px` });
  animation = lottie.loadAnimation({
    container,
    renderer: 'svg',
    loop: false,
    autoplay: false,
    animationData: json,
    rendererSettings: { progressiveLoad: false },
  });
  for (let tries = 0; !animation.isLoaded && tries < 800; tries += 1) await new Promise((done) => setTimeout(done, 10));
  if (!animation.isLoaded) throw new Error('lottie-web did not load it');
};

globalThis.showFrame = async (frame) => {
  animation.goToAndStop(frame, true);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  if (document.querySelector('image') !== null) await new Promise((done) => setTimeout(done, 30));
};
