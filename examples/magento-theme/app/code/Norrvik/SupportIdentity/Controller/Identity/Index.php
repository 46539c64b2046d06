<?php

declare(strict_types=1);

namespace Norrvik\SupportIdentity\Controller\Identity;

use Magento\Customer\Api\AccountManagementInterface;
use Magento\Customer\Model\Session;
use Magento\Framework\App\Action\HttpGetActionInterface;
use Magento\Framework\Controller\Result\Json;
use Magento\Framework\Controller\Result\JsonFactory;
use Magento\Sales\Model\ResourceModel\Order\CollectionFactory;
use Norrvik\SupportIdentity\Model\IdentityToken;
use Norrvik\SupportIdentity\Model\Settings;

/** Answers who is signed in, to nobody but them. */
class Index implements HttpGetActionInterface
{
    /** Orders offered as a choice, newest first. */
    private const ORDERS = 20;

    public function __construct(
        private readonly JsonFactory $jsonFactory,
        private readonly Session $session,
        private readonly AccountManagementInterface $accounts,
        private readonly CollectionFactory $orders,
        private readonly Settings $settings,
        private readonly IdentityToken $identityToken
    ) {
    }

    public function execute(): Json
    {
        $result = $this->jsonFactory->create();
        $result->setHeader('Cache-Control', 'private, no-store', true);

        return $result->setData($this->identity());
    }

    /** @return array{token: string|null, name: string|null, email: string|null, orders: string[]} */
    private function identity(): array
    {
        if (!$this->session->isLoggedIn()) {
            return ['token' => null, 'name' => null, 'email' => null, 'orders' => []];
        }
        $customer = $this->session->getCustomerData();
        $id = (int) $customer->getId();
        $name = trim($customer->getFirstname() . ' ' . $customer->getLastname());
        $orders = $this->orders->create($id)->setOrder('created_at', 'DESC')->setPageSize(self::ORDERS);

        return [
            'token' => $this->token(['id' => $id, 'email' => $customer->getEmail(), 'name' => $name]),
            'name' => $name,
            'email' => $customer->getEmail(),
            'orders' => $orders->getColumnValues('increment_id'),
        ];
    }

    /** Only for an address that Magento has asked its owner to confirm, then and since: a token opens all tickets of the address. */
    private function token(array $customer): ?string
    {
        $secret = $this->settings->secret();
        $confirmed = $this->accounts->getConfirmationStatus($customer['id']) === AccountManagementInterface::ACCOUNT_CONFIRMED;
        if ($secret === '' || !$confirmed || !$this->settings->changedAddressesAreProved()) {
            return null;
        }

        return $this->identityToken->sign($secret, $this->settings->kid(), $this->settings->desk(), $customer);
    }
}
