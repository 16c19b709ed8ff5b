// Opens an EPUB in epub.js, the reading system of many web shelves, at a telephone's size, and turns to every file of it.
//   node epubjs.mjs BOOK.epub        exit 1 when it does not understand the book or cannot show a file
import { launch, serve } from './desk.mjs';
const book = process.argv[2], width = 360, height = 640;
const html = `<!doctype html><meta charset=utf-8><link rel=icon href=data:,><style>html,body{margin:0}</style><div id=page></div>
<script src=/node_modules/jszip/dist/jszip.min.js></script><script src=/node_modules/epubjs/dist/epub.min.js></script><script>(async () => { try {
  const book = ePub('/book.epub'), view = book.renderTo('page', { width: ${width}, height: ${height}, flow: 'paginated', spread: 'none' });
  await book.ready; const empty = [];
  for (const item of book.spine.spineItems) {
    await view.display(item.href);
    const at = view.currentLocation()?.start, body = view.getContents()[0]?.document.body;
    if (at?.href !== item.href || !(at.displayed.total > 0) || !(body?.textContent.trim() || body?.querySelector('img'))) empty.push(item.href);
  }
  window.info = { title: book.packaging.metadata.title, files: book.spine.length, empty, toc: book.navigation.toc.length,
    landmarks: book.navigation.landmarks.length, pages: book.pageList?.pages?.length || 0 };
} catch (e) { window.failed = String(e.stack || e) } })()</script>`;
const server = serve(book, html), browser = await launch();
const page = await browser.newPage();
await page.setViewport({ width, height });
let faults = 0;
page.on('pageerror', e => { faults++; console.log('page error:', String(e).slice(0, 300)); });
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.waitForFunction('window.info || window.failed', { timeout: 120000 }).catch(() => console.log('timed out'));
const failed = await page.evaluate('window.failed || null'), info = await page.evaluate('window.info || null');
console.log(failed || JSON.stringify(info));
const good = info && info.title && info.files && !info.empty.length && info.toc && info.landmarks && info.pages;
await browser.close(); server.close(); process.exit(good && !faults ? 0 : 1);
