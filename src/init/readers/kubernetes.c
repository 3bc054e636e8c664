/* SPDX-License-Identifier: Apache-2.0
 *
 * Kubernetes: the files that name client certificates, the kubelet, and the command lines of what
 * kubeadm starts. The certificates of kubeadm lie in a known place (certs.c).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "client-certificate", .role = ROLE_CERT, .at = 1 },
	{ .name = "client-certificate-data", .role = ROLE_INLINE },
	{ .name = "certificate-authority", .role = ROLE_CA, .at = 1 },
	{ .name = "certificate-authority-data", .role = ROLE_INLINE },
	{ .name = "tlsCertFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "clientCAFile", .role = ROLE_CA, .at = 1 },
	{ .name = "--tls-cert-file", .role = ROLE_CERT, .at = 1 },
	{ .name = "--etcd-certfile", .role = ROLE_CERT, .at = 1 },
	{ .name = "--kubelet-client-certificate", .role = ROLE_CERT, .at = 1 },
	{ .name = "--proxy-client-cert-file", .role = ROLE_CERT, .at = 1 },
	{ .name = "--cert-file", .role = ROLE_CERT, .at = 1 },
	{ .name = "--peer-cert-file", .role = ROLE_CERT, .at = 1 },
	{ .name = "--client-ca-file", .role = ROLE_CA, .at = 1 },
	{ .name = "--etcd-cafile", .role = ROLE_CA, .at = 1 },
	{ .name = "--requestheader-client-ca-file", .role = ROLE_CA, .at = 1 },
	{ .name = "--trusted-ca-file", .role = ROLE_CA, .at = 1 },
	{ .name = "--peer-trusted-ca-file", .role = ROLE_CA, .at = 1 },
	{ 0 },
};
static const char *const mains[] = { "/etc/kubernetes/*.conf", "/root/.kube/config",
	"/home/*/.kube/config", "/etc/rancher/k3s/k3s.yaml", "/var/lib/kubelet/config.yaml",
	"/var/lib/kubelet/kubeconfig", "/etc/kubernetes/manifests/*.yaml", NULL };

const struct reader reader_kubernetes = { .name = "Kubernetes",
	.grammar = &grammar_yaml,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
