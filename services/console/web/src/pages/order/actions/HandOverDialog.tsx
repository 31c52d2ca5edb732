import type { ActionDialogProps } from './action.ts';
import { ParcelDialog } from './ParcelDialog.tsx';
import { useParcel } from './useParcel.tsx';

/** A packed parcel leaves the house: Amazon is told. */
const HandOverDialog = (props: ActionDialogProps) => {
  const { chosen, field } = useParcel(props.facts, 'hand-over', props.about);
  return chosen ? <ParcelDialog key={chosen.id} {...props} parcel={chosen} which={field} action="hand-over" /> : null;
};

export default HandOverDialog;
