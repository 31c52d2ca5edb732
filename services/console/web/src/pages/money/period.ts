/** Of which store and which time the books are asked. */
export interface Period {
  readonly tenant: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}
