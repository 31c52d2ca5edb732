import { useTranslation } from 'react-i18next';
import classes from './add.module.css';
import { type Step, steps } from './new-store.ts';

export interface StepListProps {
  readonly current: Step;
  readonly onGo: (step: Step) => void;
}

/** Where somebody is on the way. Back to what is done; on by filling in. */
export const StepList = ({ current, onGo }: StepListProps) => {
  const { t } = useTranslation('stores');
  const at = steps.indexOf(current);
  return (
    <nav aria-label={t('add.steps')}>
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <li key={step} aria-current={step === current ? 'step' : undefined} data-done={index < at || undefined}>
            <span className={classes.number} aria-hidden="true">
              {index + 1}
            </span>
            {index < at ? (
              <button type="button" className={classes.go} onClick={() => onGo(step)}>
                {t(`add.step.${step}`)}
              </button>
            ) : (
              <span className={classes.name}>{t(`add.step.${step}`)}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
};
