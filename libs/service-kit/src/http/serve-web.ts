import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Request, RequestHandler, Response } from 'express';
import type { Log } from '../log.ts';
import { HttpError } from './problem.ts';

export interface WebOptions {
  /** What the build has made: `index.html`, and `assets/` whose names change with what they hold. */
  readonly folder: string;
  /** How to make it, for whoever has not. */
  readonly build: string;
  readonly log: Log;
  /** What `index.html` may do, by the nonce that it is told in `<meta name="csp-nonce" content="">`. */
  readonly policy: (nonce: string) => string;
}

/**
 * The pages of a web that was built to files: each file under its name, and `index.html` for whoever opens any other page in a browser.
 * Only what the folder held when it was read can be asked for, so no path leads out of it. Files that were packed beside themselves
 * (`.br`, `.gz`) are sent packed.
 */
export const serveWeb = ({ folder, build, log, policy }: WebOptions): RequestHandler => {
  let read: Promise<Web> | undefined;
  const web = (): Promise<Web> => {
    read ??= readWeb(folder).catch((error: unknown) => {
      read = undefined;
      log.error({ folder, reason: (error as Error).message }, `the pages are not built: ${build}`);
      throw new HttpError(503, 'web.not-built', `The pages are not built. To build them: ${build}`);
    });
    return read;
  };
  return async (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const isAsset = request.path.startsWith('/assets/');
    const isPage = request.path === '/' || (opensPage(request) && !request.path.startsWith('/api/') && !isAsset);
    if (!isAsset && !isPage && extname(request.path) === '') return next();
    const { files, index } = await web();
    const file = files.get(request.path);
    if (file) return sendFile(request, response, file);
    if (isAsset) throw new HttpError(404, 'asset.not-found', 'There is no such part of the pages, or no longer: load the page again');
    if (!isPage) return next();
    sendIndex(response, index, policy);
  };
};

interface WebFile {
  readonly path: string;
  readonly plain: Buffer;
  readonly packed: Readonly<Partial<Record<Encoding, Buffer>>>;
}

interface Web {
  readonly index: string;
  readonly files: ReadonlyMap<string, WebFile>;
}

const suffixes = { br: '.br', gzip: '.gz' } as const;
type Encoding = keyof typeof suffixes;

const readWeb = async (folder: string): Promise<Web> => {
  const index = await readFile(join(folder, 'index.html'), 'utf8');
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const contents = new Map<string, Buffer>();
  for (const entry of found) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !entry.name.startsWith('.')) contents.set(file.slice(folder.length).replaceAll('\\', '/'), await readFile(file));
  }
  const files = new Map<string, WebFile>();
  for (const [path, plain] of contents) {
    if (path === '/index.html' || Object.values(suffixes).some((suffix) => path.endsWith(suffix))) continue;
    const packed = Object.entries(suffixes).flatMap(([encoding, suffix]) => {
      const content = contents.get(path + suffix);
      return content === undefined ? [] : [[encoding, content] as const];
    });
    files.set(path, { path, plain, packed: Object.fromEntries(packed) });
  }
  return { index, files };
};

/** A browser that goes to a page says so; programs ask for anything. */
const opensPage = (request: Request): boolean => /\btext\/html\b/.test(request.get('accept') ?? '');

const yearSeconds = 31_536_000;

const sendFile = (request: Request, response: Response, { path, plain, packed }: WebFile): void => {
  const encodings = Object.keys(packed) as Encoding[];
  // Browsers take all of them alike and name gzip first; ours come smallest first.
  const encoding = encodings.find((one) => request.acceptsEncodings(one));
  const body = (encoding && packed[encoding]) || plain;
  response.locals.route = path.startsWith('/assets/') ? '/assets/*' : path;
  response.type(extname(path));
  if (encodings.length > 0) response.setHeader('vary', 'accept-encoding');
  if (body !== plain) response.setHeader('content-encoding', encoding as Encoding);
  response.setHeader('cache-control', path.startsWith('/assets/') ? `public, max-age=${yearSeconds}, immutable` : 'public, max-age=3600');
  response.setHeader('content-length', body.length);
  response.end(body);
};

const sendIndex = (response: Response, index: string, policy: WebOptions['policy']): void => {
  const nonce = randomBytes(18).toString('base64url');
  response.locals.route = '/*';
  response.setHeader('content-type', 'text/html; charset=utf-8');
  // It names the files of one build, and has a nonce of its own.
  response.setHeader('cache-control', 'no-store');
  response.setHeader('content-security-policy', policy(nonce));
  response.end(index.replace('name="csp-nonce" content="', (found) => found + nonce));
};
