<?php

declare(strict_types=1);

/*
 * The identity endpoints of the example themes, on PHP's own web server: /prestashop, /magento, /cs-cart. Who is signed in to the shop
 * stands in the cookie `customer`, as JSON in URL encoding; the settings stand in the environment.
 */

const EXAMPLES = __DIR__ . '/../../../examples/';

// names of the platforms, as far as the endpoints use them
require __DIR__ . '/platform-classes.php';

/** @var array{id: int, firstname: string, lastname: string, email: string, orders: string[]}|null $signedIn */
$signedIn = isset($_COOKIE['customer']) ? json_decode($_COOKIE['customer'], true, 8, JSON_THROW_ON_ERROR) : null;
$settings = json_decode(getenv('SUPPORT_SETTINGS'), true, 8, JSON_THROW_ON_ERROR);

match (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
    '/prestashop' => (function () use ($signedIn): void {
        // a copy of the module, with settings of the test
        $module = getenv('PRESTASHOP_MODULE');
        define('_PS_VERSION_', '8.2.1');
        require "$module/supportidentity.php";
        require "$module/controllers/front/identity.php";
        Order::$ofCustomer = array_map(fn (string $reference) => ['reference' => $reference], $signedIn['orders'] ?? []);
        $controller = new SupportIdentityIdentityModuleFrontController(new SupportIdentity(new Context(new Customer($signedIn))));
        $controller->postProcess();
    })(),
    '/magento' => (function () use ($signedIn, $settings): void {
        $module = EXAMPLES . 'magento-theme/app/code/Norrvik/SupportIdentity';
        foreach (['Model/Settings', 'Model/IdentityToken', 'Controller/Identity/Index'] as $file) {
            require "$module/$file.php";
        }
        $controller = new Norrvik\SupportIdentity\Controller\Identity\Index(
            new Magento\Framework\Controller\Result\JsonFactory(),
            new Magento\Customer\Model\Session($signedIn),
            new Magento\Customer\Model\Accounts($settings['proved']),
            new Magento\Sales\Model\ResourceModel\Order\CollectionFactory($signedIn),
            new Norrvik\SupportIdentity\Model\Settings(new Magento\Framework\App\Config\Values($settings), new Magento\Framework\Encryption\Encryptor()),
            new Norrvik\SupportIdentity\Model\IdentityToken()
        );
        $controller->execute()->send();
    })(),
    '/cs-cart' => (function () use ($signedIn, $settings): void {
        $addon = EXAMPLES . 'cs-cart-theme/app/addons/support_identity';
        define('BOOTSTRAP', true);
        Tygh\Tygh::$app = ['session' => ['auth' => ['user_id' => $signedIn['id'] ?? 0]]];
        Tygh\Registry::$values = ['addons.support_identity' => [
            'desk' => $settings['desk'],
            'kid' => $settings['kid'],
            'secret_file' => $settings['secretFile'],
            'addresses_are_proved' => $settings['proved'] ? 'Y' : 'N',
        ]];
        CsCartShop::$customer = $signedIn;
        require "$addon/func.php";
        $mode = 'identity';
        require "$addon/controllers/frontend/support_identity.php";
    })(),
    default => http_response_code(404),
};
