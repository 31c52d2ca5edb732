import type { Shipping } from '../facts.ts';
import classes from './Shipments.module.css';

export interface LineListProps {
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly shipping: Shipping;
}

/** Units of lines, by their names: "2 × Teapot". */
export const LineList = ({ lines, shipping }: LineListProps) => (
  <ul className={classes.lines}>
    {lines.map(({ lineId, quantity }) => {
      const line = shipping.lines.find((one) => one.lineId === lineId);
      return (
        <li key={lineId}>
          <span className={classes.quantity}>{quantity} ×</span>
          <span>
            {line?.title ?? lineId} <span className={classes.sku}>{line?.sku}</span>
          </span>
        </li>
      );
    })}
  </ul>
);
