/** The order `o` has units to be shipped; those of a parcel that Amazon has refused are among them. As the index of the board has it. */
export const hasUnits = `o.state = 'open' and o.to_ship > 0 and o.fulfilled_by = 'merchant'`;

/** The orders with a parcel that Amazon has never taken. They are few. */
export const refusedOrders = `select p.order_id from shipment p where p.write_state = 'refused' and p.accepted_at is null`;

const isRefused = `exists (${refusedOrders} and p.order_id = o.id)`;

/** What keeps the order `o` from being shipped. */
export const obstaclesOf = `o.obstacles || case when ${isRefused} then '{amazon-refused}'::text[] else '{}' end`;
