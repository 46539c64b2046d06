<?php

declare(strict_types=1);

namespace Norrvik\SupportIdentity\Model;

use Magento\Framework\App\Config\ScopeConfigInterface;
use Magento\Framework\Encryption\EncryptorInterface;
use Magento\Store\Model\ScopeInterface;

/** Where the support server of the shown store view is, and the key its tokens are signed with. */
class Settings
{
    public function __construct(
        private readonly ScopeConfigInterface $config,
        private readonly EncryptorInterface $encryptor
    ) {
    }

    public function endpoint(): string
    {
        return $this->read('endpoint');
    }

    public function desk(): string
    {
        return $this->read('desk');
    }

    public function kid(): string
    {
        return $this->read('kid');
    }

    /** In base64url; empty where none is set. */
    public function secret(): string
    {
        return $this->encryptor->decrypt($this->read('secret'));
    }

    /** Whether Magento asks for a proof of an address that a customer changes to, which is another setting than that for new accounts. */
    public function changedAddressesAreProved(): bool
    {
        return (bool) $this->config->getValue('customer/account_information/confirm', ScopeInterface::SCOPE_WEBSITES);
    }

    private function read(string $field): string
    {
        return (string) $this->config->getValue('support/server/' . $field, ScopeInterface::SCOPE_STORE);
    }
}
