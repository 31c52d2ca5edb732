import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly recipients: readonly string[];
  /** As it came over the wire, with the header's folded lines joined. */
  readonly raw: string;
  header(name: string): string | undefined;
  /** Its parts, as a reader shows them. */
  readonly text: string;
  readonly html: string;
}

export interface MailServer {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  /** Refuses this recipient, with this answer. */
  refuse(recipient: string, code: number): void;
  /** Refuses the next login, in words that repeat the password; without that, every login is good. */
  refuseLogin(): void;
  /** What has come so far. */
  forget(): void;
  stop(): Promise<void>;
}

/** A mail server that takes every mail. `port`: where an earlier one was. */
export const mailServer = async (port = 0): Promise<MailServer> => {
  const mails: ReceivedMail[] = [];
  const refused = new Map<string, number>();
  let refusesLogin = false;
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username = '', password = '' }, _session, done) => {
      if (!refusesLogin) return done(null, { user: username });
      refusesLogin = false;
      done(Object.assign(new Error(`${username} is not known with ${password}`), { responseCode: 535 }));
    },
    // Pooled connections of the sender are cut, as when a server goes away.
    closeTimeout: 10,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      const responseCode = refused.get(address);
      done(responseCode === undefined ? null : Object.assign(new Error('not this one'), { responseCode }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(
          received(
            Buffer.concat(chunks).toString('utf8'),
            session.envelope.rcptTo.map(({ address }) => address),
          ),
        );
        done();
      });
    },
  });
  // A client that is cut off is part of the tests.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    refuse: (recipient, code) => void refused.set(recipient, code),
    refuseLogin: () => {
      refusesLogin = true;
    },
    forget: () => void mails.splice(0),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

const received = (raw: string, recipients: readonly string[]): ReceivedMail => {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return {
    recipients,
    raw,
    header: (name) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim(),
    text: partOf(raw, 'text/plain'),
    html: partOf(raw, 'text/html'),
  };
};

const partOf = (raw: string, type: string): string => {
  const [, boundary = ''] = /boundary="([^"]+)"/.exec(raw) ?? [];
  const part = raw.split(`--${boundary}`).find((one) => one.includes(`Content-Type: ${type}`)) ?? '';
  const [head = '', ...body] = part.split('\r\n\r\n');
  const content = body.join('\r\n\r\n').replace(/\r\n$/, '');
  return decoded(content, /Content-Transfer-Encoding: (\S+)/.exec(head)?.[1] ?? '7bit').replaceAll('\r\n', '\n');
};

const decoded = (content: string, encoding: string): string => {
  if (encoding === 'base64') return Buffer.from(content, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return content;
  const bytes = content.replace(/=\r\n/g, '').replace(/=([\dA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};
