export type Standing = 'enabled' | 'paused' | 'disabled' | 'failing';

/** One that is on and does nothing but fail is on its way to being paused. */
export const standingOf = ({ state, failures }: { readonly state: Exclude<Standing, 'failing'>; readonly failures: number }): Standing =>
  state === 'enabled' && failures > 0 ? 'failing' : state;
