/** A page of the console, where it is known. */
export const linkTo = (consoleUrl: string | undefined, path: string): { link?: string } =>
  consoleUrl === undefined ? {} : { link: new URL(path, consoleUrl.endsWith('/') ? consoleUrl : `${consoleUrl}/`).href };
