import Sequencer from '@jest/test-sequencer';

/** Files that take longest wherever they run, mostly waiting: whatever begins last keeps everybody waiting at the end. */
const first = [
  'libs/messaging/test/embedded.spec.ts',
  'services/amazon-gateway/test/two-thousand-orders.spec.ts',
  'tests/system/src/processes.spec.ts',
  'libs/outbox/test/kill.spec.ts',
  'deploy/all-in-one/test/process.spec.ts',
  'tests/system/src/story.spec.ts',
  'tests/system/src/faults.spec.ts',
  'services/amazon-gateway/test/interruptions.spec.ts',
];

/** Jest's order, by what took long the last time; but where it knows of no last time, as in CI, it goes by the size of files. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort([...tests]).sort((one, other) => rank(one.path) - rank(other.path));
  }
}

const rank = (path) => {
  const index = first.findIndex((name) => path.endsWith(name));
  return index === -1 ? first.length : index;
};
