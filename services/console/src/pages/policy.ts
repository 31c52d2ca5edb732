/** What our pages may do: scripts and styles of ours, styles that know the answer's nonce, and talk with nobody but us. */
export const pagePolicy = (nonce: string): string =>
  [
    ...["default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`, "img-src 'self' data: blob:"],
    ...["connect-src 'self'", "font-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"],
  ].join('; ');
