import { Link } from '@tanstack/react-router';

/** To an order, by any of its numbers; what is no order's number is only shown. */
export const OrderLink = ({ reference, children }: { readonly reference: string; readonly children?: string }) =>
  /^(?:\d{3}-\d{7}-\d{7}|[0-9a-f]{8}-[0-9a-f-]{27})$/.test(reference) ? (
    <Link to="/orders/$orderId" params={{ orderId: reference }}>
      {children ?? reference}
    </Link>
  ) : (
    reference
  );
