export { examine, tell } from './doctor.ts';
export { exitCodeOf, type Finding } from './finding.ts';
export { placeOfService, placeOfSetup } from './places.ts';
export { asJson, type Examined, inWords } from './report.ts';
export type { Patient, Place } from './visit.ts';
