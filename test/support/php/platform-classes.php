<?php

declare(strict_types=1);

// What the identity endpoints of the example themes use of their platforms, with one customer in the shop.

namespace {
    class Module
    {
        public string $name, $tab, $version, $author, $displayName, $description;
        public int $need_instance;
        public bool $bootstrap;
        public array $ps_versions_compliancy;

        public function __construct(public ?Context $context = null)
        {
            // the core constructs a module a second time, from its own constructor
            $this->context ??= Context::$current;
        }
    }

    class Context
    {
        public static self $current;
        public object $shop;

        public function __construct(public Customer $customer)
        {
            $this->shop = (object) ['id' => 1];
            self::$current = $this;
        }
    }

    class Customer
    {
        public int $id;
        public string $firstname, $lastname, $email;

        public function __construct(private readonly ?array $signedIn)
        {
            foreach (['id' => 0, 'firstname' => '', 'lastname' => '', 'email' => ''] as $name => $absent) {
                $this->$name = $signedIn[$name] ?? $absent;
            }
        }

        public function isLogged(): bool
        {
            return $this->signedIn !== null;
        }
    }

    class Order
    {
        /** @var array<int, array{reference: string}> */
        public static array $ofCustomer = [];

        public static function getCustomerOrders(int $customer): array
        {
            return $customer > 0 ? self::$ofCustomer : [];
        }
    }

    class ModuleFrontController
    {
        public Context $context;

        public function __construct(public Module $module)
        {
            $this->context = Context::$current;
        }
    }

    class CsCartShop
    {
        public static ?array $customer = null;
    }

    function fn_get_user_short_info(int $user): array
    {
        return CsCartShop::$customer['id'] === $user ? CsCartShop::$customer : [];
    }

    function db_get_fields(string $query, int $user, string $parent): array
    {
        return CsCartShop::$customer['id'] === $user ? CsCartShop::$customer['orders'] : [];
    }
}

namespace Tygh {
    class Tygh
    {
        public static array $app = [];
    }

    class Registry
    {
        public static array $values = [];

        public static function get(string $key): mixed
        {
            return self::$values[$key];
        }
    }
}

namespace Magento\Framework\App\Action {
    interface HttpGetActionInterface
    {
    }
}

namespace Magento\Framework\Controller\Result {
    class Json
    {
        private array $data = [];

        public function setHeader(string $name, string $value, bool $replace = false): static
        {
            header("$name: $value", $replace);

            return $this;
        }

        public function setData(array $data): static
        {
            $this->data = $data;

            return $this;
        }

        public function send(): void
        {
            header('Content-Type: application/json');
            echo json_encode($this->data, JSON_THROW_ON_ERROR);
        }
    }

    class JsonFactory
    {
        public function create(): Json
        {
            return new Json();
        }
    }
}

namespace Magento\Framework\App\Config {
    interface ScopeConfigInterface
    {
        public function getValue(string $path, string $scope): ?string;
    }

    class Values implements ScopeConfigInterface
    {
        public function __construct(private readonly array $settings)
        {
        }

        public function getValue(string $path, string $scope): ?string
        {
            return $this->settings[basename($path)] ?? null;
        }
    }
}

namespace Magento\Framework\Encryption {
    interface EncryptorInterface
    {
        public function decrypt(string $text): string;
    }

    class Encryptor implements EncryptorInterface
    {
        public function decrypt(string $text): string
        {
            return $text;
        }
    }
}

namespace Magento\Store\Model {
    interface ScopeInterface
    {
        public const SCOPE_STORE = 'store';
        public const SCOPE_WEBSITES = 'websites';
    }
}

namespace Magento\Customer\Api {
    interface AccountManagementInterface
    {
        public const ACCOUNT_CONFIRMED = 'account_confirmed';
        public const ACCOUNT_CONFIRMATION_NOT_REQUIRED = 'account_confirmation_not_required';

        public function getConfirmationStatus(int $customer): string;
    }
}

namespace Magento\Customer\Model {
    use Magento\Customer\Api\AccountManagementInterface;

    class Accounts implements AccountManagementInterface
    {
        public function __construct(private readonly bool $proved)
        {
        }

        public function getConfirmationStatus(int $customer): string
        {
            return $this->proved ? self::ACCOUNT_CONFIRMED : self::ACCOUNT_CONFIRMATION_NOT_REQUIRED;
        }
    }

    class Session
    {
        public function __construct(private readonly ?array $signedIn)
        {
        }

        public function isLoggedIn(): bool
        {
            return $this->signedIn !== null;
        }

        public function getCustomerData(): CustomerData
        {
            return new CustomerData($this->signedIn);
        }
    }

    class CustomerData
    {
        public function __construct(private readonly array $person)
        {
        }

        public function getId(): string
        {
            return (string) $this->person['id'];
        }

        public function getFirstname(): string
        {
            return $this->person['firstname'];
        }

        public function getLastname(): string
        {
            return $this->person['lastname'];
        }

        public function getEmail(): string
        {
            return $this->person['email'];
        }
    }
}

namespace Magento\Sales\Model\ResourceModel\Order {
    class CollectionFactory
    {
        public function __construct(private readonly ?array $signedIn)
        {
        }

        public function create(int $customer): Collection
        {
            return new Collection($this->signedIn['id'] === $customer ? $this->signedIn['orders'] : []);
        }
    }

    class Collection
    {
        public function __construct(private readonly array $references)
        {
        }

        public function setOrder(string $field, string $direction): static
        {
            return $this;
        }

        public function setPageSize(int $size): static
        {
            return $this;
        }

        public function getColumnValues(string $column): array
        {
            return $this->references;
        }
    }
}
