/** How long to wait for each look into Amazon's books, in multiples of the first wait (15 min): up to six hours, for 14 days in all. */
export const bookingPatience =
  (firstMs: number) =>
  (looks: number): number | undefined =>
    looks < most ? firstMs * (first[looks] ?? longest) : undefined;

const first = [1, 2, 4, 8, 16];
const longest = 24;
const most = 60;
