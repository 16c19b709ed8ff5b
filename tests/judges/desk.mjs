// What the judges that open a book in Chromium share: where they are installed, a server of the book and of a page, a browser.
import fs from 'fs'; import http from 'http'; import os from 'os'; import path from 'path'; import { createRequire } from 'module';
const judges = process.env.JUDGES || path.join(os.homedir(), '.cache/bifolio-judges');
const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.epub': 'application/epub+zip', '.css': 'text/css', '.wasm': 'application/wasm' };

// Serves `html` at /, the book at /book.epub and what the judges have installed.
export const serve = (book, html) => http.createServer((q, s) => {
  const url = decodeURIComponent(q.url.split('?')[0]);
  if (url === '/') { s.setHeader('content-type', 'text/html'); return s.end(html); }
  fs.readFile(url === '/book.epub' ? book : path.join(judges, url), (e, data) => {
    if (e) { s.statusCode = 404; return s.end(); }
    s.setHeader('content-type', types[path.extname(url)] || 'application/octet-stream'); s.end(data);
  });
}).listen(0, '127.0.0.1');

export const launch = () => createRequire(judges + '/')('puppeteer-core').launch({ executablePath: '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] });
