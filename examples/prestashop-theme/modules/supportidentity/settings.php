<?php

if (!defined('_PS_VERSION_')) {
    exit;
}

return [
    'all' => [
        // with a slash at its end
        'endpoint' => 'https://support.shop.example/',
        'desk' => 'shop',
        'kid' => 'shop-2026',
        // outside of the web root, readable by PHP alone
        'secretFile' => '/etc/storefront-support/support-key',
        // true only where an address is proved before it becomes a customer's: PrestaShop itself asks for no proof
        'addressesAreProved' => false,
    ],
    // another shop of the same installation, by its id, with what differs
    // 2 => ['desk' => 'outlet'],
];
