/** An order as Amazon tells it, as far as we listen. Null and absent are the same; words that Amazon may add to are plain text. */
export interface AmazonOrderJson {
  readonly orderId: string;
  readonly createdTime: string;
  readonly lastUpdatedTime: string;
  readonly programs?: Maybe<readonly string[]>;
  readonly associatedOrders?: Maybe<readonly { readonly orderId?: Maybe<string>; readonly associationType?: Maybe<string> }[]>;
  readonly salesChannel: { readonly channelName?: Maybe<string>; readonly marketplaceId?: Maybe<string> };
  readonly buyer?: Maybe<{
    readonly buyerName?: Maybe<string>;
    readonly buyerEmail?: Maybe<string>;
    readonly buyerCompanyName?: Maybe<string>;
    readonly buyerPurchaseOrderNumber?: Maybe<string>;
  }>;
  readonly recipient?: Maybe<{
    readonly deliveryAddress?: Maybe<AmazonAddressJson>;
    readonly deliveryPreference?: Maybe<{
      readonly dropOffLocation?: Maybe<string>;
      readonly addressInstruction?: Maybe<string>;
      readonly deliveryTime?: unknown;
      readonly deliveryCapabilities?: Maybe<readonly string[]>;
    }>;
  }>;
  readonly proceeds?: Maybe<{ readonly grandTotal?: Maybe<AmazonMoneyJson>; readonly breakdowns?: Maybe<readonly AmazonBreakdownJson[]> }>;
  readonly tax?: Maybe<{ readonly taxRegistrations?: Maybe<readonly AmazonTaxRegistrationJson[]> }>;
  readonly fulfillment?: Maybe<{
    readonly fulfillmentStatus: string;
    readonly fulfilledBy?: Maybe<string>;
    readonly fulfillmentServiceLevel?: Maybe<string>;
    readonly shipByWindow?: Maybe<AmazonWindowJson>;
    readonly deliverByWindow?: Maybe<AmazonWindowJson>;
  }>;
  readonly orderItems: readonly AmazonItemJson[];
  readonly packages?: Maybe<readonly AmazonPackageJson[]>;
}

export interface AmazonPackageJson {
  readonly packageReferenceId: string;
  readonly packageStatus?: Maybe<{ readonly status?: Maybe<string> }>;
  readonly carrier?: Maybe<string>;
  readonly shipTime?: Maybe<string>;
  readonly shippingService?: Maybe<string>;
  readonly trackingNumber?: Maybe<string>;
  readonly packageItems?: Maybe<readonly { readonly orderItemId: string; readonly quantity: number }[]>;
}

export interface AmazonItemJson {
  readonly orderItemId: string;
  readonly quantityOrdered: number;
  readonly programs?: Maybe<readonly string[]>;
  readonly product: {
    readonly asin?: Maybe<string>;
    readonly title?: Maybe<string>;
    readonly sellerSku?: Maybe<string>;
    readonly customization?: Maybe<{ readonly customizedUrl?: Maybe<string> }>;
  };
  readonly proceeds?: Maybe<AmazonProceedsJson>;
  readonly promotion?: Maybe<{ readonly breakdowns?: Maybe<readonly { readonly promotionId?: Maybe<string> }[]> }>;
  readonly cancellation?: Maybe<{
    readonly cancellationRequest?: Maybe<{ readonly requester?: Maybe<string>; readonly cancelReason?: Maybe<string> }>;
    readonly cancellationExecution?: Maybe<{ readonly cancelledBy?: Maybe<string>; readonly cancelReason?: Maybe<string> }>;
  }>;
  readonly fulfillment?: Maybe<{
    readonly quantityFulfilled?: Maybe<number>;
    readonly packing?: Maybe<{
      readonly giftOption?: Maybe<{ readonly giftMessage?: Maybe<string>; readonly giftWrapLevel?: Maybe<string> }>;
    }>;
    readonly shipping?: Maybe<{
      readonly shippingConstraints?: Maybe<{ readonly cashOnDelivery?: Maybe<string> }>;
      readonly internationalShipping?: Maybe<{ readonly iossNumber?: Maybe<string> }>;
    }>;
  }>;
  readonly tax?: Maybe<{
    readonly taxCollections?: Maybe<readonly { readonly model?: Maybe<string> }[]>;
    readonly taxCalculationBreakdowns?: Maybe<readonly { readonly reportingScheme?: Maybe<string> }[]>;
  }>;
}

export interface AmazonProceedsJson {
  readonly proceedsTotal?: Maybe<AmazonMoneyJson>;
  readonly breakdowns?: Maybe<readonly AmazonBreakdownJson[]>;
}

export interface AmazonMoneyJson {
  readonly amount: string;
  readonly currencyCode: string;
}

export interface AmazonBreakdownJson {
  readonly type: string;
  readonly subtotal: AmazonMoneyJson;
  /** Of a tax or a discount: on what it is. */
  readonly detailedBreakdowns?: Maybe<readonly { readonly subtype?: Maybe<string>; readonly value?: Maybe<AmazonMoneyJson> }[]>;
}

export interface AmazonWindowJson {
  readonly earliestDateTime?: Maybe<string>;
  readonly latestDateTime?: Maybe<string>;
}

export interface AmazonAddressJson {
  readonly name?: Maybe<string>;
  readonly companyName?: Maybe<string>;
  readonly addressLine1?: Maybe<string>;
  readonly addressLine2?: Maybe<string>;
  readonly addressLine3?: Maybe<string>;
  readonly city?: Maybe<string>;
  readonly districtOrCounty?: Maybe<string>;
  readonly stateOrRegion?: Maybe<string>;
  readonly municipality?: Maybe<string>;
  readonly postalCode?: Maybe<string>;
  readonly countryCode?: Maybe<string>;
  readonly phone?: Maybe<string>;
  readonly addressType?: Maybe<string>;
  readonly extendedFields?: Maybe<{
    readonly streetName?: Maybe<string>;
    readonly streetNumber?: Maybe<string>;
    readonly complement?: Maybe<string>;
    readonly neighborhood?: Maybe<string>;
  }>;
}

interface AmazonTaxRegistrationJson {
  readonly entityType?: Maybe<string>;
  readonly legalName?: Maybe<string>;
  readonly taxRegistrationType?: Maybe<string>;
  readonly taxRegistrationNumber?: Maybe<string>;
  readonly taxRegistrationAddress?: Maybe<AmazonAddressJson>;
  readonly taxRegistrationAttributes?: Maybe<readonly { readonly key?: Maybe<string>; readonly value?: Maybe<string> }[]>;
}

type Maybe<T> = T | null | undefined;
