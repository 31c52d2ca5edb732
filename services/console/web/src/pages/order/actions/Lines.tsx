import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import stacked from '../../../ui/Stacked.module.css';
import classes from './actions.module.css';

export interface QuantityLine {
  readonly lineId: string;
  readonly title: string;
  readonly sku: string;
  /** The most that can be chosen. */
  readonly most: number;
}

export interface LinesProps {
  readonly lines: readonly QuantityLine[];
  readonly quantityOf: (lineId: string) => number;
  readonly onChange: (lineId: string, quantity: number) => void;
  /** What the numbers are: "In this package". */
  readonly label: string;
  readonly mistakeOf?: (lineId: string) => string | undefined;
  readonly more?: (line: QuantityLine) => React.ReactNode;
  readonly moreLabel?: string;
}

/** Products with a number of units each, never more than there are. */
export const Lines = ({ lines, quantityOf, onChange, label, mistakeOf, more, moreLabel }: LinesProps) => {
  const { t } = useTranslation('actions');
  return (
    <table className={more ? `${classes.lines} ${stacked.table}` : classes.lines}>
      <thead>
        <tr>
          <th scope="col">{t('lines.product')}</th>
          {more && <th scope="col">{moreLabel}</th>}
          <th scope="col" className={classes.number}>
            {label}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.lineId}>
            <th scope="row">
              {line.title}
              <span className={classes.sku}>{line.sku}</span>
            </th>
            {more && <td data-label={moreLabel}>{more(line)}</td>}
            <td className={classes.number} data-label={label}>
              <NumberInput
                aria-label={t('lines.unitsOf', { label, title: line.title })}
                w={112}
                min={0}
                max={line.most}
                allowDecimal={false}
                allowNegative={false}
                clampBehavior="strict"
                disabled={line.most === 0}
                suffix={t('lines.of', { most: line.most })}
                value={quantityOf(line.lineId)}
                error={mistakeOf?.(line.lineId)}
                onChange={(value) => onChange(line.lineId, Number(value) || 0)}
                styles={{ input: { textAlign: 'end', paddingInlineEnd: 30 } }}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
