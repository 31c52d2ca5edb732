import { ConnectionTest } from '../credentials/ConnectionTest.tsx';
import type { StepProps } from './step.ts';
import { useTrial } from './useTrial.ts';

export const TestStep = ({ store }: StepProps) => <ConnectionTest test={useTrial(store, [], true)} />;
