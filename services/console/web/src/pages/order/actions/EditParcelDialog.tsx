import type { ActionDialogProps } from './action.ts';
import { ParcelDialog } from './ParcelDialog.tsx';
import { useParcel } from './useParcel.tsx';

/** Corrects a parcel: Amazon is told again, and what it was told before is replaced. */
const EditParcelDialog = (props: ActionDialogProps) => {
  const { chosen, field } = useParcel(props.facts, 'edit', props.about);
  return chosen ? <ParcelDialog key={chosen.id} {...props} parcel={chosen} which={field} action="edit" /> : null;
};

export default EditParcelDialog;
