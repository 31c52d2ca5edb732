/** Our cookie, by the address that browsers know us at. `__Host-`: over TLS, for this host alone, and nobody else can set it. */
const nameAt = (publicUrl: string): string => (isSafe(publicUrl) ? '__Host-orderbus' : 'orderbus');

const isSafe = (publicUrl: string): boolean => new URL(publicUrl).protocol === 'https:';

/** Without an age: it goes when the browser is closed. */
export const setCookie = (publicUrl: string, value: string): string => `${nameAt(publicUrl)}=${value}; ${attributes(publicUrl)}`;

export const clearCookie = (publicUrl: string): string => `${nameAt(publicUrl)}=; Max-Age=0; ${attributes(publicUrl)}`;

const attributes = (publicUrl: string): string => `Path=/; HttpOnly; SameSite=Lax${isSafe(publicUrl) ? '; Secure' : ''}`;

/** What we have set, or somebody has made up: 43 signs of base64url either way. */
export const readCookie = (header: string | undefined, publicUrl: string): string | undefined => {
  const name = nameAt(publicUrl);
  for (const part of (header ?? '').split(';')) {
    const [, found, value] = /^\s*([^=\s]+)=([\w-]{43})\s*$/.exec(part) ?? [];
    if (found === name) return value;
  }
  return undefined;
};
