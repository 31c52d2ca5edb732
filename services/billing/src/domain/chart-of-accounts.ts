/**
 * The accounts that billing posts to. `normal` is the side on which an account grows: what stands on the other side lowers it.
 * Codes leave room, and are what an export carries: a name may be changed, a code never.
 */
export const chart = {
  'receivable-amazon': { code: '1200', name: 'Receivable from Amazon', type: 'asset', normal: 'debit' },
  'receivable-carrier': { code: '1210', name: 'Receivable from the carrier (cash on delivery)', type: 'asset', normal: 'debit' },
  'tax-payable': { code: '2200', name: 'Tax payable', type: 'liability', normal: 'credit' },
  'tax-of-marketplace': { code: '2210', name: 'Tax that the marketplace withholds and pays', type: 'liability', normal: 'credit' },
  'revenue-goods': { code: '4000', name: 'Revenue: goods', type: 'revenue', normal: 'credit' },
  'revenue-shipping': { code: '4010', name: 'Revenue: shipping', type: 'revenue', normal: 'credit' },
  'revenue-gift-wrap': { code: '4020', name: 'Revenue: gift wrap', type: 'revenue', normal: 'credit' },
  tips: { code: '4030', name: 'Tips', type: 'revenue', normal: 'credit' },
  'restocking-fees': { code: '4040', name: 'Restocking fees', type: 'revenue', normal: 'credit' },
  adjustments: { code: '4090', name: 'Other amounts and adjustments', type: 'revenue', normal: 'credit' },
  discounts: { code: '4100', name: 'Discounts', type: 'contra-revenue', normal: 'debit' },
  'refunds-goods': { code: '4200', name: 'Refunds: goods, less the discounts on them', type: 'contra-revenue', normal: 'debit' },
  'refunds-shipping': { code: '4210', name: 'Refunds: shipping', type: 'contra-revenue', normal: 'debit' },
  'refunds-gift-wrap': { code: '4220', name: 'Refunds: gift wrap', type: 'contra-revenue', normal: 'debit' },
  'refunds-other': { code: '4230', name: 'Refunds: other amounts and tips', type: 'contra-revenue', normal: 'debit' },
  goodwill: { code: '4240', name: 'Goodwill given to buyers', type: 'contra-revenue', normal: 'debit' },
} as const satisfies Record<string, AccountInfo>;

interface AccountInfo {
  readonly code: string;
  readonly name: string;
  readonly type: 'asset' | 'liability' | 'revenue' | 'contra-revenue';
  readonly normal: 'debit' | 'credit';
}

export type Account = keyof typeof chart;
export const accounts = Object.keys(chart) as [Account, ...Account[]];
