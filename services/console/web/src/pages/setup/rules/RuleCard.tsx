import { useTranslation } from 'react-i18next';
import { Action } from '../../../ui/Action.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Facts } from '../../../ui/Facts.tsx';
import { listed } from '../../../ui/format.ts';
import { Status } from '../../../ui/Status.tsx';
import { kindsOf, type Rule } from './rules.ts';

export type Asked = 'edit' | 'test' | 'preview' | 'remove';

export interface RuleCardProps {
  readonly rule: Rule;
  /** Inherited rules are changed where they are settled. */
  readonly fixed: boolean;
  readonly onAsk: (asked: Asked) => void;
}

/** One rule: who is told of what, and when. */
export const RuleCard = ({ rule, fixed, onAsk }: RuleCardProps) => {
  const { t } = useTranslation('alerts');
  const kinds = kindsOf(rule);
  const scheduleWords = useScheduleWords();
  return (
    <Card
      title={rule.name}
      actions={
        <>
          <Action needs="administer" {...quiet} onClick={() => onAsk('preview')}>
            {t('rule.preview')}
          </Action>
          <Action needs="administer" {...quiet} onClick={() => onAsk('test')}>
            {t('rule.test')}
          </Action>
          {!fixed && (
            <>
              <Action needs="administer" {...quiet} onClick={() => onAsk('edit')}>
                {t('rule.edit')}
              </Action>
              <Action needs="administer" {...quiet} onClick={() => onAsk('remove')}>
                {t('rule.remove')}
              </Action>
            </>
          )}
        </>
      }
    >
      <Facts
        facts={[
          [
            t('status'),
            <Status key="on" tone={rule.enabled ? 'ok' : 'quiet'}>
              {t(rule.enabled ? 'rule.on' : 'rule.off')}
            </Status>,
          ],
          [
            t('rule.to'),
            rule.targets.map((target) => (
              <div key={target.id}>
                {'address' in target ? target.address : target.url} ({t(`channel.${target.channel}`)})
              </div>
            )),
          ],
          [t('rule.of'), kinds ? listed(kinds.map((kind) => t(`kinds.${kind}`))) : t('rule.all')],
          [t('rule.when'), scheduleWords(rule)],
          [t('rule.quiet'), rule.quietHours && `${t('rule.quietFrom', rule.quietHours)}, ${rule.timeZone}`],
          [t('form.language'), t(`form.${rule.language}`)],
        ]}
      />
    </Card>
  );
};

const quiet = { size: 'compact-sm', variant: 'default' } as const;

const useScheduleWords = (): ((rule: Rule) => string) => {
  const { t } = useTranslation('alerts');
  return ({ schedule, timeZone }) => {
    if (schedule.when === 'hourly') return t('rule.hourly');
    if (schedule.when === 'daily') return `${t('rule.daily', { at: listed(schedule.at) })}, ${timeZone}`;
    return schedule.throttleMinutes === 0 ? t('rule.each') : t('rule.atOnce', { minutes: schedule.throttleMinutes });
  };
};
