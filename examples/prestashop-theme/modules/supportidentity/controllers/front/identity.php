<?php

if (!defined('_PS_VERSION_')) {
    exit;
}

require_once __DIR__ . '/../../identity-token.php';

/** Answers who is signed in, to nobody but them. */
class SupportIdentityIdentityModuleFrontController extends ModuleFrontController
{
    /** Orders offered as a choice, newest first. */
    private const ORDERS = 20;

    public function postProcess(): void
    {
        header('Content-Type: application/json');
        header('Cache-Control: private, no-store');
        exit(json_encode($this->identity(), JSON_THROW_ON_ERROR));
    }

    /** @return array{token: string|null, name: string|null, email: string|null, orders: string[]} */
    private function identity(): array
    {
        $customer = $this->context->customer;
        // a guest who buys has a customer, too, and nobody knows whose address that is
        if (!$customer->isLogged()) {
            return ['token' => null, 'name' => null, 'email' => null, 'orders' => []];
        }
        $name = trim($customer->firstname . ' ' . $customer->lastname);
        $orders = array_slice(Order::getCustomerOrders((int) $customer->id), 0, self::ORDERS);

        return [
            'token' => $this->token(['id' => $customer->id, 'email' => $customer->email, 'name' => $name]),
            'name' => $name,
            'email' => $customer->email,
            // a cart that was split makes several orders of one reference
            'orders' => array_values(array_unique(array_column($orders, 'reference'))),
        ];
    }

    private function token(array $customer): ?string
    {
        $server = $this->module->server();
        if (!$server['addressesAreProved']) {
            return null;
        }

        return support_identity_token(file_get_contents($server['secretFile']), $server['kid'], $server['desk'], $customer);
    }
}
