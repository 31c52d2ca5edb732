export interface PersonMenuProps {
  readonly onKeys: () => void;
}
