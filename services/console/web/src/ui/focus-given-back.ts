import { useEffect, useState } from 'react';

const unmountedMs = 20;

/** What opened the dialog that is there, also when the dialog makes way for its next step. */
let opener: HTMLElement | undefined;

/**
 * Focus goes back to what opened the dialog; that may be gone by now, with the menu that it was in. For dialogs that are there only while
 * they are open, with `returnFocus={false}`: they are gone before Mantine gives it back.
 */
export const useFocusGivenBack = (): void => {
  useState(() => {
    const active = document.activeElement;
    if (active instanceof HTMLElement && active !== document.body && active.closest('[role="dialog"]') === null) opener = active;
  });
  useEffect(() => {
    const giveBack = (): void => {
      if (document.querySelector('[role="dialog"]') !== null) return;
      (opener?.isConnected ? opener : document.getElementById('content'))?.focus({ preventScroll: true });
      opener = undefined;
    };
    return () => void setTimeout(giveBack, unmountedMs);
  }, []);
};
