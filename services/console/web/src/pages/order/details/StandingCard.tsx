import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { wordsFor } from '../../../ui/codes.ts';
import { Both } from '../Both.tsx';
import { Fact, FactList } from '../FactList.tsx';
import type { OrderTabProps } from '../tab-props.ts';

/** What people, the buyer and Amazon have decided about it so far; not there while nobody has. */
export const StandingCard = ({ facts: { order, marketplace } }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const { hold, cancellation, buyerRequest, cancelRequested, cancelReason, admitted } = order;
  const reasons: Readonly<Record<string, string>> = t('cancelReason', { returnObjects: true });
  if (!hold && !cancellation && !buyerRequest && !cancelRequested && !cancelReason && !admitted) return null;
  return (
    <Card title={t('standing.title')}>
      <FactList>
        <Fact name={t('standing.hold')}>
          {hold && (hold.cause === 'person' ? t('standing.heldBy', { name: hold.by.name }) : t('standing.heldByRequest'))}
        </Fact>
        <Fact name={t('standing.holdReason')}>{hold?.reason && wordsFor(reasons, hold.reason)}</Fact>
        <Fact name={t('standing.request')}>
          {buyerRequest ? t(`standing.requestAnswer.${buyerRequest}`) : cancelRequested && t('standing.requestOpen')}
        </Fact>
        <Fact name={t('standing.cancelReason')}>{cancelReason && cancelReason !== hold?.reason && wordsFor(reasons, cancelReason)}</Fact>
        <Fact name={t('standing.cancellation')}>
          {cancellation && (
            <>
              <div>{t(`standing.cancellationState.${cancellation.state}`)}</div>
              <div>
                {t('standing.cancellationBy', {
                  name: cancellation.by.name,
                  reason: wordsFor(reasons, cancellation.reason),
                  what: cancellation.lines ? t('units', { count: unitsIn(cancellation.lines) }) : t('standing.whole'),
                })}
              </div>
              <Both at={cancellation.at} zone={marketplace?.timeZone} />
            </>
          )}
        </Fact>
        <Fact name={t('standing.refusal')}>{cancellation?.refusal}</Fact>
        <Fact name={t('standing.stock')}>{admitted && t('standing.admitted')}</Fact>
      </FactList>
    </Card>
  );
};

const unitsIn = (lines: readonly { readonly quantity: number }[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);
