import fs from 'node:fs';
import { jest } from '@jest/globals';

export interface CapturedLogs {
  readonly lines: string[];
  release(): void;
}

/** Takes what the services of this process log. They write to the descriptor of standard output itself. */
export const captureLogs = (): CapturedLogs => {
  const lines: string[] = [];
  const write = fs.writeSync;
  const spy = jest.spyOn(fs, 'writeSync').mockImplementation(((fd: number, text: string | Uint8Array, ...rest: never[]) => {
    if (fd !== 1) return write(fd, text as Uint8Array, ...rest);
    lines.push(String(text));
    return text.length;
  }) as typeof fs.writeSync);
  return { lines, release: () => spy.mockRestore() };
};
