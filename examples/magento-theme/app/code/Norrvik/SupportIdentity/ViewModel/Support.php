<?php

declare(strict_types=1);

namespace Norrvik\SupportIdentity\ViewModel;

use Magento\Framework\UrlInterface;
use Magento\Framework\View\Element\Block\ArgumentInterface;
use Norrvik\SupportIdentity\Model\Settings;

/** What templates print about the support server. Nothing of it belongs to a customer: pages with it may be cached. */
class Support implements ArgumentInterface
{
    public function __construct(
        private readonly Settings $settings,
        private readonly UrlInterface $url
    ) {
    }

    public function endpoint(): string
    {
        return $this->settings->endpoint();
    }

    public function desk(): string
    {
        return $this->settings->desk();
    }

    public function identityUrl(): string
    {
        return $this->url->getUrl('support/identity');
    }
}
