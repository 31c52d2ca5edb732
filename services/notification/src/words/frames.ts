/** What stands around the words of alerts, and may use nothing but this. */

export interface MessageValues {
  /** What its kind is called. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly html: string;
  /** Absent: it is about no single one. */
  readonly store?: string;
  readonly rule: string;
  readonly raisedAt: string;
  readonly resolvedAt?: string;
  readonly link?: string;
  /** Sent to try a rule: it is about an invented example. */
  readonly test: boolean;
}

export interface DigestValues {
  readonly count: number;
  /** When the first of them was raised, and the last. */
  readonly from: string;
  readonly until: string;
  readonly groups: readonly {
    readonly name: string;
    readonly count: number;
    /** How many of them are not shown. */
    readonly more: number;
    readonly alerts: readonly { readonly title: string; readonly store?: string; readonly resolved: boolean; readonly link?: string }[];
  }[];
  readonly manyStores: boolean;
  readonly rule: string;
  readonly link?: string;
}

export interface PageValues {
  readonly language: string;
  readonly title: string;
  /** Of what it tells, as a class of its style. */
  readonly tone: 'info' | 'attention' | 'settled' | 'test';
  readonly content: string;
  readonly foot: string;
}

/** Nothing left out: what the frames are checked with. */
export const messageSample: Required<MessageValues> = {
  ...{ name: 'Order blocked', title: 'Order 12 is blocked', text: 'It waits.', html: '<p>It waits.</p>', store: 'main', rule: 'Warehouse' },
  ...{
    raisedAt: '2026-05-04T10:00:00.000Z',
    resolvedAt: '2026-05-04T11:00:00.000Z',
    link: 'https://console.example.com/alerts/1',
    test: true,
  },
};

export const digestSample: Required<DigestValues> = {
  ...{ count: 3, from: '2026-05-04T10:00:00.000Z', until: '2026-05-04T11:00:00.000Z', manyStores: true, rule: 'Warehouse' },
  groups: [
    {
      ...{ name: 'Order blocked', count: 3, more: 2 },
      alerts: [{ title: 'Order 12 is blocked', store: 'main', resolved: true, link: 'https://console.example.com/alerts/1' }],
    },
  ],
  link: 'https://console.example.com/alerts',
};

export const pageSample: PageValues = { language: 'en', title: 'Order 12 is blocked', tone: 'info', content: '<p>It waits.</p>', foot: '' };
