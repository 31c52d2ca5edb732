import type { KeyRing, ServiceKit } from '@orderbus/service-kit';
import type { SafePost } from '../safe-post.ts';
import type { Staff } from '../stopped.ts';

export interface WebhookRoutesOptions {
  readonly kit: ServiceKit;
  readonly ring: KeyRing;
  readonly post: SafePost;
  readonly staff: Staff;
}
