// Opens every page file of an EPUB in Chromium as a telephone shows it, and objects to what a reader there would miss:
// what sticks out of the page, what scrolls and cannot be reached with the keyboard, and text that cannot be read at
// night (WCAG 2.1, 1.4.3): where the system is dark, and where a reading system changes the body's colours alone.
//   node narrow.mjs BOOK.epub [WIDTH=360] [SIZE=100]      SIZE: the reader's text size, percent
import fs from 'fs'; import os from 'os'; import path from 'path';
import { execFileSync } from 'child_process'; import { pathToFileURL } from 'url';
import { launch } from './desk.mjs';
const [, , book, width = '360', size = '100'] = process.argv;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'narrow-'));
execFileSync('python3', ['-m', 'zipfile', '-e', book, folder]);
const files = fs.readdirSync(folder, { recursive: true }).filter(f => f.endsWith('.xhtml')).sort();
const browser = await launch();
const page = await browser.newPage();
await page.setViewport({ width: +width, height: 640 });
// Reading systems leave some white at the sides.
const reader = `html { font-size: ${size}% } body { margin: 0 16px !important }`;
const look = grounds => {
  const found = [], path = e => e.tagName.toLowerCase() + (e.className && e.className.baseVal === undefined ? '.' + String(e.className).split(' ').join('.') : '');
  const told = new Set(), tell = (fault, e, more) => {
    const key = fault + path(e); if (told.has(key)) return; told.add(key);
    found.push(`${fault}: ${path(e)} ${more} “${(e.textContent || '').trim().slice(0, 50)}”`);
  };
  const scrolls = e => { for (; e; e = e.parentElement) { const s = getComputedStyle(e); if (e !== document.documentElement && e !== document.body && /auto|scroll|hidden|clip/.test(s.overflowX)) return e; } return null; };
  const width = document.documentElement.clientWidth;
  const words = (e, width) => {
    const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), range = document.createRange();
    for (let n; (n = walker.nextNode());) for (const m of n.data.matchAll(/\S+/g)) {
      range.setStart(n, m.index); range.setEnd(n, m.index + m[0].length);
      if ([...range.getClientRects()].some(r => r.width > 1 && (r.right > width + 1 || r.left < -1))) return true;
    }
    return false;
  };
  if (!grounds) {
    for (const e of document.body.querySelectorAll('*')) {
      const box = e.getBoundingClientRect();
      if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth && /auto|scroll/.test(getComputedStyle(e).overflowX) && e.tabIndex < 0)
        tell('cannot be scrolled with the keyboard', e, `${e.scrollWidth} > ${e.clientWidth}`);
      if (box.width && (box.right > width + 1 || box.left < -1) && /^(pre|code|span)$/i.test(e.tagName) && !words(e, width)) continue; // white at a line's end hangs
      if (box.width && (box.right > width + 1 || box.left < -1) && !scrolls(e.parentElement) && !e.closest('[hidden]')) tell('sticks out', e, `${Math.round(box.left)}..${Math.round(box.right)}`);
    }
    return found;
  }
  const parse = c => (c.match(/[\d.]+/g) || []).map((n, i) => /^color\(srgb/.test(c) && i < 3 ? n * 255 : +n);
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = e => {
    const veils = [];
    for (; e; e = e.parentElement) { const [r, g, b, a = 1] = parse(getComputedStyle(e).backgroundColor); veils.push([r, g, b, a]); if (a === 1) break; }
    return veils.reverse().reduce((under, [r, g, b, a]) => [r, g, b].map((v, i) => v * a + under[i] * (1 - a)), grounds);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; (n = walker.nextNode());) {
    const e = n.parentElement; if (!n.data.trim() || e.closest('[hidden], annotation')) continue;
    const [r, g, b, a = 1] = parse(getComputedStyle(e).webkitTextFillColor), under = ground(e), ink = [r, g, b].map((v, i) => v * a + under[i] * (1 - a));
    const [x, y] = [light(ink), light(under)], contrast = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
    const s = getComputedStyle(e), large = parseFloat(s.fontSize) >= 24 || (parseFloat(s.fontSize) >= 18.66 && +s.fontWeight >= 700);
    if (contrast < (large ? 3 : 4.5)) tell('cannot be read', e, contrast.toFixed(2));
  }
  return found;
};
const [DARK, SEPIA, WHITE] = [[18, 18, 18], [244, 236, 216], [255, 255, 255]];
const rgb = c => `rgb(${c})`;
const modes = [
  ['by day', 'light', WHITE, ''],
  ['on sepia', 'light', SEPIA, `body { background: ${rgb(SEPIA)} !important; color: #5b4636 !important }`],
  ['at night', 'dark', DARK, `:root { background: ${rgb(DARK)} } body { background: ${rgb(DARK)} !important; color: #ddd !important }`],
  // Ink and ground swapped by the reading system, which asks no media query.
  ['swapped', 'light', DARK, `:root { background: ${rgb(DARK)} } body { background: ${rgb(DARK)} !important; color: #ddd !important }`],
];
const faults = new Map(), add = (file, mode, list) => list.forEach(f => { const key = `${mode}: ${f}`.replace(/ “.*/s, '').replace(/-?\d+(\.\d+)?( > |\.\.)?(\d+)?$/, ''); const at = faults.get(key) || { n: 0, first: `${file} ${f}` }; at.n++; faults.set(key, at); });
for (const file of files) {
  await page.goto(pathToFileURL(path.join(folder, file)).href);
  await page.evaluate('document.fonts.ready.then(() => 1)');
  for (const [mode, scheme, ground, css] of modes) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.evaluate(text => { let s = document.getElementById('reader') || document.head.appendChild(Object.assign(document.createElement('style'), { id: 'reader' })); s.textContent = text; }, reader + css);
    if (mode === 'by day') add(file, 'narrow', await page.evaluate(look, null));
    add(file, mode, await page.evaluate(look, ground));
  }
}
for (const [key, { n, first }] of faults) console.log(`${key} (${n} files) first: ${first}`);
console.log(`${files.length} files, ${faults.size} kinds of faults`);
await browser.close(); fs.rmSync(folder, { recursive: true }); process.exit(faults.size ? 1 : 0);
