// A public form: a small sum that costs programs more than people, and the height for its frame.
(() => {
  "use strict";
  // -- SHA-256, first word only: browsers offer their own over https alone ----------------------
  const K = [], H = [];
  for (let n = 2; K.length < 64; n++) {
    let isPrime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) { isPrime = false; break; }
    if (!isPrime) continue;
    if (H.length < 8) H.push(frac(Math.sqrt(n)));
    K.push(frac(Math.cbrt(n)));
  }
  function frac(x) { return ((x - Math.floor(x)) * 4294967296) | 0; }
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  function firstWord(text) {
    const bytes = [...new TextEncoder().encode(text)];
    const bits = bytes.length * 8;
    bytes.push(0x80);
    while (bytes.length % 64 !== 56) bytes.push(0);
    for (let i = 7; i >= 0; i--) bytes.push(i > 3 ? 0 : (bits >>> (i * 8)) & 255);
    const state = [...H], w = new Int32Array(64);
    for (let start = 0; start < bytes.length; start += 64) {
      for (let i = 0; i < 16; i++) {
        const j = start + i * 4;
        w[i] = (bytes[j] << 24) | (bytes[j + 1] << 16) | (bytes[j + 2] << 8) | bytes[j + 3];
      }
      for (let i = 16; i < 64; i++) {
        const a = w[i - 15], b = w[i - 2];
        const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3), s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i++) {
        const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25), ch = (e & f) ^ (~e & g);
        const t1 = (h + s1 + ch + K[i] + w[i]) | 0;
        const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22), maj = (a & b) ^ (a & c) ^ (b & c);
        h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + s0 + maj) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((x, i) => { state[i] = (state[i] + x) | 0; });
    }
    return state[0] >>> 0;
  }

  const form = document.querySelector("form[data-work]");
  if (form) {
    const bits = Number(form.dataset.work), ticket = form.elements.ticket.value;
    let nonce = 0, isWaiting = false;
    // Who is quicker than the sum waits for it.
    form.addEventListener("submit", (event) => {
      if (form.elements.work.value) return;
      event.preventDefault();
      isWaiting = true;
    });
    (function work() {
      const end = performance.now() + 12;
      while (performance.now() < end) {
        if (firstWord(`${ticket}:${nonce}`) >>> (32 - bits) === 0) {
          form.elements.work.value = String(nonce);
          if (isWaiting) form.requestSubmit();
          return;
        }
        nonce += 1;
      }
      setTimeout(work);
    })();
  }

  // -- in a frame: its height, and where to go when it is sent ------------------------------------
  if (window.parent === window) return;
  const tell = (what) => window.parent.postMessage(what, "*");
  const height = () => tell({ evenhand: "height", height: document.body.scrollHeight + 2 });
  new ResizeObserver(height).observe(document.body);
  height();
  const to = document.querySelector("[data-go-to]")?.dataset.goTo;
  if (to) setTimeout(() => tell({ evenhand: "go", to }), 1500);
})();
