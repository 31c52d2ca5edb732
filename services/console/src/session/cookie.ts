const isSafe = (accessUrl: string): boolean => new URL(accessUrl).protocol === 'https:';

/** What access calls its cookie at the address where browsers know it. */
const nameAt = (accessUrl: string): string => (isSafe(accessUrl) ? '__Host-orderbus' : 'orderbus');

/** The session that a browser is in, whatever it is worth: `name=value`, as access wants to see it. */
export const readCookie = (header: string | undefined, accessUrl: string): string | undefined => {
  for (const part of (header ?? '').split(';')) {
    const [cookie, name] = /^([^=\s]+)=[\w-]{43}$/.exec(part.trim()) ?? [];
    if (name === nameAt(accessUrl)) return cookie;
  }
  return undefined;
};

/** Makes a browser forget it. */
export const clearCookie = (accessUrl: string): string =>
  `${nameAt(accessUrl)}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${isSafe(accessUrl) ? '; Secure' : ''}`;
