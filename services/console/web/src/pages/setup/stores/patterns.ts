export const storeIdPattern = /^[A-Za-z0-9][\w-]{0,39}$/;
export const sellerIdPattern = /^[A-Z0-9]{8,20}$/;
export const shopPattern = /^[A-Za-z][A-Za-z0-9]{0,11}$/;
